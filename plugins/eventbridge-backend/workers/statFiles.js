/*
 * A thread that looks at files from the last one backwards, while whoever started it looks at them from the first one on:
 * where the two meet, all are done. Plain JavaScript, as the migrations are.
 *
 * workerData: root; paths below it, one to a line; shared memory for what is found, three numbers to a path, and for how far each
 * side has come.
 */
const { statSync } = require('node:fs');
const { workerData } = require('node:worker_threads');

const { root, found, reached } = workerData;
const paths = workerData.paths.split('\n');

for (let index = paths.length - 1; index > Atomics.load(reached, 0); index -= 1) {
  const status = statSync(`${root}/${paths[index]}`, { throwIfNoEntry: false });
  // What is no file any more is left to the other side.
  found.set(status?.isFile() ? [status.mtimeMs, status.size, status.ino] : [NaN, NaN, NaN], index * 3);
  Atomics.store(reached, 1, index);
}
