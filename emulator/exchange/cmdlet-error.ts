// The failure of a cmdlet. The admin endpoint writes its sentence in three places; clients read only one of them.

/** A cmdlet's failure; `exception` is the name of its .NET class. */
export class CmdletError extends Error {
  readonly status: number;
  readonly exception: string;

  constructor(status: number, exception: string, message: string) {
    super(message);
    this.name = 'CmdletError';
    this.status = status;
    this.exception = exception;
  }
}

/** The body of a failure. */
export function buildCmdletErrorBody({ status, exception, message }: CmdletError): object {
  const full = `|Microsoft.Exchange.Configuration.Tasks.${exception}|${message}`;
  return {
    error: {
      code: status === 404 ? 'NotFound' : 'BadRequest',
      message: 'Error executing request. ',
      details: [{ code: 'Context', target: '', message: full }],
      innererror: {
        message: 'Error executing cmdlet',
        type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
        stacktrace: '',
        internalexception: {
          message: full,
          type: `Microsoft.Exchange.Configuration.Tasks.${exception}`,
          stacktrace: '',
        },
      },
    },
  };
}
