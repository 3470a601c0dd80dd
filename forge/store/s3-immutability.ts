import { GetObjectLockConfigurationCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Immutability } from './record-store.ts';
import { getS3Code } from './s3-errors.ts';

/**
 * The bucket's default retention: what a write without one of its own gets
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html). A year is counted as a leap year, so that
 * nothing is said to end earlier than it does.
 */
export async function readObjectLock(client: S3Client, bucket: string): Promise<Immutability> {
  try {
    const answer = await client.send(new GetObjectLockConfigurationCommand({ Bucket: bucket }));
    const { Mode, Days, Years } = answer.ObjectLockConfiguration?.Rule?.DefaultRetention ?? {};
    const days = Days ?? (Years === undefined ? 0 : Years * 366);
    return days > 0 ? { kind: 'days', days, mode: Mode ?? 'unnamed' } : { kind: 'none' };
  } catch (error) {
    const code = getS3Code(error) ?? '';
    if (code === 'ObjectLockConfigurationNotFoundError') return { kind: 'none' };
    const because = reasons[code];
    if (because === undefined) throw error;
    return { kind: 'unknown', because };
  }
}

const reasons: Readonly<Record<string, string>> = {
  AccessDenied: 'this identity lacks s3:GetBucketObjectLockConfiguration',
  NotImplemented: 'the service does not know Object Lock',
  MethodNotAllowed: 'the service does not know Object Lock',
};
