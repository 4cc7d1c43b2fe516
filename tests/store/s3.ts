import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { AwsV4Signer } from 'aws4fetch';

/** A stand-in for a bucket that checks every signature as S3 does, over a socket. */
export interface Bucket {
  settings: { endpoint: string; bucket: string; region: string; accessKeyId: string; secretAccessKey: string; prefix: string };
  /** What lies in it, by path. */
  objects: Map<string, Buffer>;
  /** So many of the next requests are answered "slow down". */
  busy: number;
  stop(): Promise<void>;
}

export async function startBucket(): Promise<Bucket> {
  const keys = { accessKeyId: 'AKEXAMPLE', secretAccessKey: 'secret of the bucket', region: 'eu-test-1' };
  const objects = new Map<string, Buffer>();
  const bucket = { objects, busy: 0 } as Bucket;
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const answer = (status: number, said: string | Buffer = '') => response.writeHead(status).end(said);
    if (bucket.busy > 0) {
      bucket.busy--;
      return answer(503, '<Error><Code>SlowDown</Code></Error>');
    }
    const signed = await new AwsV4Signer({
      ...keys,
      service: 's3',
      method: request.method,
      url: `http://${request.headers.host}${request.url}`,
      headers: { 'x-amz-content-sha256': String(request.headers['x-amz-content-sha256']) },
      datetime: String(request.headers['x-amz-date']),
    }).sign();
    if (signed.headers.get('authorization') !== request.headers.authorization)
      return answer(403, '<Error><Code>SignatureDoesNotMatch</Code></Error>');
    const path = request.url ?? '';
    if (request.method === 'PUT') objects.set(path, body);
    if (request.method === 'DELETE') objects.delete(path);
    const found = objects.get(path);
    if (request.method === 'GET') return found ? answer(200, found) : answer(404, '<Error><Code>NoSuchKey</Code></Error>');
    return answer(request.method === 'DELETE' ? 204 : 200);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  bucket.settings = {
    ...keys,
    endpoint: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    bucket: 'destek-files',
    prefix: 'one/',
  };
  bucket.stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return bucket;
}
