import { Buffer } from 'node:buffer'

/**
 * Reads a byte stream by the number of bytes wanted. Everything since the last `cut` stays in one contiguous buffer, so
 * that a column can be kept as a view of it.
 */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>
  #buffer = Buffer.allocUnsafe(1 << 16)
  #end = 0
  /** Where the next byte is read from; `buffer` may be another one after a `need`. */
  position = 0
  ended = false

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  get buffer(): Buffer {
    return this.#buffer
  }

  get available(): number {
    return this.#end - this.position
  }

  /** Waits until `count` bytes are there; false when the stream ended before. */
  async need(count: number): Promise<boolean> {
    while (this.available < count) {
      if (this.ended) return false
      const { done, value } = await this.#source.next()
      if (done) this.ended = true
      else this.#append(value, count)
    }
    return true
  }

  /** Starts a new buffer with what is not read yet; views of the old one stay valid. */
  cut(expected: number): void {
    const rest = this.#buffer.subarray(this.position, this.#end)
    this.#buffer = Buffer.allocUnsafe(Math.max(rest.length, expected, 1 << 16))
    rest.copy(this.#buffer)
    this.#end = rest.length
    this.position = 0
  }

  async close(): Promise<void> {
    await this.#source.return?.()
  }

  #append(chunk: Buffer, wanted: number): void {
    if (this.#end + chunk.length > this.#buffer.length) {
      const size = Math.max(this.#buffer.length * 2, this.#end + chunk.length, this.position + wanted)
      const larger = Buffer.allocUnsafe(size)
      this.#buffer.copy(larger, 0, 0, this.#end)
      this.#buffer = larger
    }
    chunk.copy(this.#buffer, this.#end)
    this.#end += chunk.length
  }
}
