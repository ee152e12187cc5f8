import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of the heap and of buffers that are in use, after a collection. */
export function heapInUse(): number {
  collect();
  // V8 frees the buffers of a collection beside the program, and is surely done only when the next one starts.
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
