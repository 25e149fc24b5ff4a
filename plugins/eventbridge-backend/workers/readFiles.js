/*
 * A thread that reads files ahead of the one that takes them, and examines them where that is asked for. Plain JavaScript,
 * as the migrations are: it is started by its path, from the sources as well as from the built package.
 *
 * In: folder and examines as workerData; then lists of paths. Out: a message without content once it is ready; then for each list
 * what was found, in the same order: null for what could not be read or is large (whoever asked reads that itself, and is
 * told why it cannot be), the text, or what `examineFile` says of it.
 */
const { readFileSync, statSync } = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');

/** Several hundred files are on their way at once; larger ones are left to whoever asked. */
const MAX_BYTES = 256 * 1024;

const { folder, examines } = workerData;
/** Where it cannot be loaded, as from sources without a compiler, this thread ends, and others do its work. */
const examineFile = examines ? require('@busline/event-repository').examineFile : () => undefined;

function read(path) {
  try {
    const file = `${folder}/${path}`;
    if (statSync(file).size > MAX_BYTES) return null;
    const text = readFileSync(file, 'utf8');
    return examineFile(path, text) ?? text;
  } catch {
    return null;
  }
}

parentPort.on('message', paths => parentPort.postMessage(paths.map(read)));
parentPort.postMessage(null);
