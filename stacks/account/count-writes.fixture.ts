// For tests of killed applies: a context that dies after one of its writes.
import type { ApplyContext } from './apply-context.ts';

/** Counts what is written, and dies right after the write of that number. */
export function countWrites(context: ApplyContext, dies = Number.POSITIVE_INFINITY) {
  let count = 0;
  const noted = async <T>(write: Promise<T>): Promise<T> => {
    const receipt = await write;
    count += 1;
    if (count === dies) throw new Error('killed');
    return receipt;
  };
  const { writer } = context;
  const { convertMailbox } = writer;
  return {
    count: () => count,
    context: {
      ...context,
      writer: {
        setAccountEnabled: (...args) => noted(writer.setAccountEnabled(...args)),
        revokeSignInSessions: (...args) => noted(writer.revokeSignInSessions(...args)),
        assignLicense: (...args) => noted(writer.assignLicense(...args)),
        removeGroupMember: (...args) => noted(writer.removeGroupMember(...args)),
        addGroupMember: (...args) => noted(writer.addGroupMember(...args)),
        convertMailbox: convertMailbox && ((...args) => noted(convertMailbox(...args))),
        sendMail: (...args) => noted(writer.sendMail(...args)),
      },
    } satisfies ApplyContext,
  };
}
