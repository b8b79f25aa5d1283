/** Events on their way in, as columns: a batch of 50,000 makes a dozen arrays and no objects. */
export type KeyKind = '' | 'customer' | 'account' | 'email' | 'phone' | 'row' | 'visitor'

export class EventBatch {
  readonly eventId: string[] = []
  /** What names the customer; resolved to `customerId` before it is stored. */
  readonly keyKind: KeyKind[] = []
  readonly key: string[] = []
  readonly keySource: string[] = []
  readonly type: string[] = []
  readonly channel: string[] = []
  /** Milliseconds since 1970. */
  readonly at: bigint[] = []
  readonly communicationId: string[] = []
  readonly taskId: string[] = []
  readonly payload: string[] = []

  get rows(): number {
    return this.eventId.length
  }
}
