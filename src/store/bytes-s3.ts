import { AwsClient } from 'aws4fetch';
import { Fault } from '../errors.ts';
import type { BytesPlace } from './bytes.ts';

/** Where the bucket is and who may use it. */
export interface S3Settings {
  /** Address of the service, without the bucket: `https://s3.eu-central-1.amazonaws.com`, `http://minio:9000`. */
  endpoint: string;
  bucket: string;
  /** Default `us-east-1`, what most services of one's own go by. */
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Put before every name, where the bucket is shared; with its slash. Default none. */
  prefix: string;
}

/** A request's deadline, milliseconds; tried again so many times where the service is busy. */
const deadlineMs = 30_000;
const retries = 3;

/** Sealed bytes in a bucket of S3 or of what speaks its protocol, by path-style addresses. */
export function bytesInS3(settings: S3Settings): BytesPlace {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey, prefix } = settings;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries, initRetryMs: 100 });
  const root = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(bucket)}`;

  async function request(method: string, id: string, body?: Buffer): Promise<Response> {
    const init = { method, body: body && new Uint8Array(body), signal: AbortSignal.timeout(deadlineMs) };
    const answer = await client.fetch(`${root}/${prefix}${id}`, init).catch((error: Error) => {
      throw unusable(settings, (error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.message);
    });
    if (answer.ok || (answer.status === 404 && method !== 'PUT')) return answer;
    // The service's own word for it, `AccessDenied`, never its whole answer.
    const code = /<Code>(\w{1,60})<\/Code>/.exec(await answer.text().catch(() => ''))?.[1];
    throw unusable(settings, `${answer.status}${code ? ` ${code}` : ''}`);
  }

  return {
    async write(id, bytes) {
      const answer = await request('PUT', id, bytes);
      await answer.body?.cancel();
    },
    async read(id) {
      const answer = await request('GET', id);
      if (answer.status === 404) {
        await answer.body?.cancel();
        return undefined;
      }
      return Buffer.from(await answer.arrayBuffer());
    },
    async remove(id) {
      const answer = await request('DELETE', id);
      await answer.body?.cancel();
    },
    async check() {
      const probe = 'destek-probe';
      await this.write(probe, Buffer.from('probe'));
      const back = await this.read(probe);
      await this.remove(probe);
      if (back?.toString() !== 'probe') throw unusable(settings, 'what was written is not what is read');
      return `files lie sealed in the bucket ${bucket}`;
    },
  };
}

function unusable({ endpoint, bucket }: S3Settings, why: string): Fault {
  return new Fault(
    'store.unavailable',
    `The bucket ${bucket} at ${endpoint} cannot be used: ${why}.`,
    'Check S3_ENDPOINT, S3_BUCKET, S3_REGION and the keys, and that the keys may read, write and delete there.',
  );
}
