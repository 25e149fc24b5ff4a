/*
 * A thread that reads files ahead of the one that parses them. Plain JavaScript, as the migrations are: it is started by
 * its path, from the sources as well as from the built package.
 *
 * In: the folder as workerData; then lists of paths. Out: for each list its texts in the same order, null for what could
 * not be read or is large; whoever asked reads that itself, and is told why it cannot be.
 */
const { readFileSync, statSync } = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');

/** Several hundred files are on their way at once; larger ones are left to whoever asked. */
const MAX_BYTES = 256 * 1024;

function read(path) {
  try {
    const file = `${workerData}/${path}`;
    return statSync(file).size > MAX_BYTES ? null : readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

parentPort.on('message', paths => parentPort.postMessage(paths.map(read)));
