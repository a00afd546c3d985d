// A store that speaks S3 for the tests: s3rver, but for how it stores. By itself it answers before the bytes are in the
// file, so that who asks next is told a size of 0 now and then, and shows half of what is being written. Amazon promises
// neither happens; here a file gets its name when it is whole.
// Arguments: folder. Says where it listens and serves until it is ended.
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createHash, randomUUID } from 'node:crypto';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import S3rver from 's3rver';
import FilesystemStore from 's3rver/lib/stores/filesystem.js';

async function whole(file, write) {
  const unfinished = `${file}.${randomUUID()}`;
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await write(unfinished);
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}

FilesystemStore.prototype.putObject = async function putObject({ bucket, key, content, metadata }) {
  const hash = createHash('md5');
  let size = 0;
  const count = new Transform({
    transform(bytes, encoding, done) {
      hash.update(bytes);
      size += bytes.length;
      done(null, bytes);
    },
  });
  const file = this.getResourcePath(bucket, key, 'object');
  let md5;
  await whole(file, async unfinished => {
    await pipeline(Buffer.isBuffer(content) ? [content] : content, count, createWriteStream(unfinished));
    md5 = hash.digest('hex');
    await whole(`${file}.md5`, each => writeFile(each, md5));
    await whole(this.getResourcePath(bucket, key, 'metadata.json'), each => writeFile(each, JSON.stringify(metadata)));
  });
  return { size, md5 };
};

const { address, port } = await new S3rver({
  directory: process.argv[2], address: '127.0.0.1', port: 0, silent: true, configureBuckets: [{ name: 'media' }],
}).run();
console.log(`listening on ${address}:${port}`);
