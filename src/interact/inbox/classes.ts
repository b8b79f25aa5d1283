/** What a reply can be; the order is that of the keys 1–8 and of the model's outputs. */
export const REPLY_CLASSES = ['accept', 'refuse', 'stop', 'complaint', 'question', 'change', 'away', 'other'] as const

export type ReplyClass = (typeof REPLY_CLASSES)[number]
