/**
 * Column names from a Parquet footer: FileMetaData in Thrift's compact protocol, of which only field 2, the list of
 * schema elements (name = field 4, number of children = field 5), is kept; all else is skipped.
 */
class Compact {
  private at = 0
  private readonly bytes: Buffer

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  byte(): number {
    const value = this.bytes[this.at++]
    if (value === undefined) throw new RangeError('the Parquet footer ends early')
    return value
  }

  varint(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.byte()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 128
    }
  }

  zigzag(): number {
    const value = this.varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  binary(): string {
    const length = this.varint()
    const text = this.bytes.toString('utf8', this.at, this.at + length)
    this.at += length
    return text
  }

  /** Calls `field` with the id and type of each field of a struct. */
  struct(field: (id: number, type: number) => void): void {
    let id = 0
    for (;;) {
      const head = this.byte()
      if (head === 0) return
      id = head >> 4 === 0 ? this.zigzag() : id + (head >> 4)
      field(id, head & 15)
    }
  }

  list(item: (type: number) => void): void {
    const head = this.byte()
    const size = head >> 4 === 15 ? this.varint() : head >> 4
    for (let i = 0; i < size; i++) item(head & 15)
  }

  skip(type: number): void {
    if (type === 1 || type === 2) return
    if (type === 3) this.byte()
    else if (type <= 6) this.varint()
    else if (type === 7) this.at += 8
    else if (type === 8) this.binary()
    else if (type === 9 || type === 10) this.list(item => this.skip(item))
    else if (type === 11) this.map()
    else this.struct((_, inner) => this.skip(inner))
  }

  private map(): void {
    const size = this.varint()
    if (size === 0) return
    const types = this.byte()
    for (let i = 0; i < size; i++) {
      this.skip(types >> 4)
      this.skip(types & 15)
    }
  }
}

/** Names of the leaf columns directly under the root. */
export function parquetColumns(footer: Buffer): string[] {
  const read = new Compact(footer)
  const elements: { name: string; children: number }[] = []
  read.struct((id, type) => {
    if (id !== 2) {
      read.skip(type)
      return
    }
    read.list(() => {
      const element = { name: '', children: 0 }
      read.struct((field, inner) => {
        if (field === 4) element.name = read.binary()
        else if (field === 5) element.children = read.zigzag()
        else read.skip(inner)
      })
      elements.push(element)
    })
  })
  return elements
    .slice(1)
    .filter(element => element.children === 0)
    .map(element => element.name)
}
