/** The browser's own deflate (RFC 1951), without a header. */
import { err, ok, type Result } from './result';

/** Bytes that go in at once. */
const DEFLATE_STEP = 0x1_0000;
/** A byte gives at most 1032, and an engine may inflate a whole step before it looks whether anybody wants to go on. */
const INFLATE_STEP = 1024;

export async function deflated(bytes: Uint8Array): Promise<Uint8Array> {
  const all = await gathered(stepsOf(bytes, DEFLATE_STEP).pipeThrough(new CompressionStream('deflate-raw')), Infinity);
  return joined(all.chunks);
}

/** Stops as soon as there is more than `most`. */
export async function inflated(bytes: Uint8Array, most: number): Promise<Result<Uint8Array, 'damaged' | 'large'>> {
  try {
    const all = await gathered(stepsOf(bytes, INFLATE_STEP).pipeThrough(new DecompressionStream('deflate-raw')), most);
    return all.whole ? ok(joined(all.chunks)) : err('large');
  } catch {
    return err('damaged'); // The stream fails on bytes that are not deflated.
  }
}

function stepsOf(bytes: Uint8Array, step: number): ReadableStream<BufferSource> {
  let at = 0;
  return new ReadableStream<BufferSource>(
    {
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(at, at + step));
        at += step;
      },
    },
    { highWaterMark: 0 },
  );
}

interface Gathered {
  readonly chunks: readonly Uint8Array[];
  readonly whole: boolean;
}

async function gathered(stream: ReadableStream<Uint8Array>, most: number): Promise<Gathered> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  for (let length = 0; ;) {
    const { value, done } = await reader.read();
    if (done) return { chunks, whole: true };
    length += value.length;
    if (length > most) break;
    chunks.push(value);
  }
  // What was not asked for may be broken too, which no longer matters.
  await reader.cancel().catch(() => undefined);
  return { chunks: [], whole: false };
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
