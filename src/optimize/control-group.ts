/**
 * Who gets no offer this turn: drawn by a salted hash of the customer's id, before anything is planned. Random towards every
 * property of the customer, the same again for the same salt, and each shard answers for its own customers.
 *
 * Parameters: salt, controlPerMillion.
 */
export const inControlGroup = (customerId: string): string =>
  `(sipHash64({salt:String}, ${customerId}) % 1000000 < {controlPerMillion:UInt32})`

/** A turn as of the same date draws the same customers, another date others. */
export const controlSalt = (asOf: string): string => `huiyin/control/${asOf}`

export const controlParams = (asOf: string, share: number) => ({
  salt: controlSalt(asOf),
  controlPerMillion: Math.round(share * 1_000_000),
})
