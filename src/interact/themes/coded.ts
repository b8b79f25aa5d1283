/** A column of texts that repeat, as numbers; 0 is ''. */
export class Coded {
  readonly names: string[] = ['']
  readonly codes: Uint32Array
  readonly #known = new Map<string, number>([['', 0]])

  constructor(length: number) {
    this.codes = new Uint32Array(length)
  }

  code(name: string): number {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    this.names.push(name)
    this.#known.set(name, this.names.length - 1)
    return this.names.length - 1
  }

  set(at: number, name: string): void {
    this.codes[at] = this.code(name)
  }

  find(name: string): number | undefined {
    return this.#known.get(name)
  }
}
