import type { ChoiceDomain, ListDomain, NumberDomain } from '../segments/domain.ts'

/** Whole, never below nought, always known. */
export const count: NumberDomain = { kind: 'number', whole: true, min: 0, nullable: false }
/** The same, known only of those who bought. */
export const countOrNull: NumberDomain = { kind: 'number', whole: true, min: 0, nullable: true }
/** Minor units of money: whole, either sign. */
export const money: NumberDomain = { kind: 'number', whole: true, nullable: false }
export const moneyOrNull: NumberDomain = { kind: 'number', whole: true, nullable: true }
export const share: NumberDomain = { kind: 'number', whole: false, min: 0, max: 1, nullable: false }
export const shareOrNull: NumberDomain = { kind: 'number', whole: false, min: 0, max: 1, nullable: true }
export const realOrNull: NumberDomain = { kind: 'number', whole: false, nullable: true }
export const text: ChoiceDomain = { kind: 'choice', nullable: false }
export const textOrNull: ChoiceDomain = { kind: 'choice', nullable: true }
export const list: ListDomain = { kind: 'list' }
