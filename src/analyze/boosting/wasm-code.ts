/**
 * The few WebAssembly instructions the histogram loop needs, as bytes (WebAssembly core specification 2.0, binary format;
 * threads proposal for the shared memory). A toolchain would be a larger dependency than these lines.
 */
export const I32 = 0x7f
export const I64 = 0x7e
export const V128 = 0x7b

/** Unsigned LEB128. */
export const leb = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...leb(n >>> 7)])
/** Signed LEB128 of a number from −64·128 to 64·128 − 1. */
const signed = (n: number): number[] => (n >= -64 && n < 64 ? [n & 127] : [(n & 127) | 128, ...signed(n >> 7)])

export const get = (local: number): number[] => [0x20, ...leb(local)]
export const set = (local: number): number[] => [0x21, ...leb(local)]
export const tee = (local: number): number[] => [0x22, ...leb(local)]
export const i32 = (n: number): number[] => [0x41, ...signed(n)]
export const i64 = (n: number): number[] => [0x42, ...signed(n)]

export const op = {
  add: [0x6a],
  multiply: [0x6c],
  and: [0x71],
  shiftLeft: [0x74],
  atLeast: [0x4f],
  shiftRight64: [0x88],
  low32: [0xa7],
  load32: [0x28, 2, 0],
  load64: [0x29, 0, 0],
  store64: [0x37, 0, 0],
  /** Two f32 of memory as two f64 in a vector. */
  loadPair: [0xfd, 0x5d, 3, 0, 0xfd, 0x5f],
  loadVector: [0xfd, 0x00, 4, 0],
  storeVector: [0xfd, 0x0b, 4, 0],
  addVector: [0xfd, 0xf0, 1],
}

/** `while (!stop) body`: `stop` leaves an i32 on the stack. */
export const loopUntil = (stop: number[], body: number[]): number[] => [
  0x02,
  0x40,
  0x03,
  0x40,
  ...stop,
  0x0d,
  1,
  ...body,
  0x0c,
  0,
  0x0b,
  0x0b,
]

const vector = (items: number[][]): number[] => [...leb(items.length), ...items.flat()]
const section = (id: number, body: number[]): number[] => [id, ...leb(body.length), ...body]
const word = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)]

/** A module of one function `run` of i32 parameters over the shared memory `env.memory`. */
export function moduleOf(parameters: number, locals: number[], body: number[]): Uint8Array<ArrayBuffer> {
  const code = [...vector(locals.map(type => [1, type])), ...body, 0x0b]
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([[0x60, ...vector(Array.from({ length: parameters }, () => [I32])), 0]])),
    ...section(2, vector([[...word('env'), ...word('memory'), 2, 3, 1, ...leb(65536)]])),
    ...section(3, vector([[0]])),
    ...section(7, vector([[...word('run'), 0, 0]])),
    ...section(10, vector([[...leb(code.length), ...code]])),
  ])
}
