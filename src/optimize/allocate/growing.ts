type Numbers = Uint32Array | Float64Array | Float32Array | Uint16Array | Uint8Array

/** A typed column whose length is not known before it has been read: doubled when full. */
export class Growing<T extends Numbers> {
  #column: T
  readonly #make: new (
    length: number,
  ) => T
  length = 0

  constructor(make: new (length: number) => T) {
    this.#make = make
    this.#column = new make(1024)
  }

  push(value: number): void {
    if (this.length === this.#column.length) {
      const larger = new this.#make(this.length * 2)
      larger.set(this.#column)
      this.#column = larger
    }
    this.#column[this.length++] = value
  }

  at(index: number): number {
    return this.#column[index]!
  }

  done(): T {
    return this.#column.subarray(0, this.length) as T
  }
}
