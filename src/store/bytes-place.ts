import path from 'node:path';
import type { Config } from '../config.ts';
import type { BytesPlace } from './bytes.ts';
import { bytesInFolder } from './bytes-folder.ts';
import { bytesInS3 } from './bytes-s3.ts';

/** Where the settings say that files lie: the bucket where S3_BUCKET is set, else DATA_DIR/files. */
export function openBytesPlace(config: Config): BytesPlace {
  const { S3_BUCKET: bucket, S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  if (!bucket || !endpoint || !accessKeyId || !secretAccessKey) return bytesInFolder(path.join(config.DATA_DIR, 'files'));
  return bytesInS3({ endpoint, bucket, accessKeyId, secretAccessKey, region: config.S3_REGION, prefix: config.S3_PREFIX });
}
