type Typed = Uint32Array | Int32Array | Float64Array

/** A typed array that grows by doubling. */
export class Column<T extends Typed> {
  private values: T
  private readonly make: new (
    length: number,
  ) => T
  length = 0

  constructor(make: new (length: number) => T) {
    this.make = make
    this.values = new make(1 << 12)
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new this.make(this.length * 2)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.length++] = value
  }

  /** What was pushed; the column must not grow afterwards. */
  done(): T {
    return this.values.subarray(0, this.length) as T
  }
}
