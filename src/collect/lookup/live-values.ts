/** A column of values: those the last identity run worked on, coded, and those that came since, as they are. */
export class LiveValues {
  private readonly base: { at(record: number): string | undefined }
  private readonly since = new Map<number, string>()

  constructor(base: { at(record: number): string | undefined }) {
    this.base = base
  }

  at(record: number): string | undefined {
    return this.since.size === 0 ? this.base.at(record) : (this.since.get(record) ?? this.base.at(record))
  }

  set(record: number, value: string): void {
    this.since.set(record, value)
  }
}
