/**
 * One comparison looks at one aspect of two records and answers with a level: 0 = cannot say (a value is missing),
 * 1 = agree exactly, then ever weaker forms of agreement, the last = differ. Several slots (mobile, second phone) are
 * compared each with each, and the best level counts.
 */
export type ComparisonKind = 'name' | 'text' | 'words' | 'code' | 'email' | 'date' | 'category' | 'home'

export interface Comparison {
  id: string
  kind: ComparisonKind
  /** Columns compared; several = slots of the same kind. For names: [sound] or [sound, characters]. */
  columns: number[]
  /** Column(s) with which the value may have been exchanged (line 1 with line 2); for names: the other half, the whole. */
  swap: number[]
  /** For names: how the characters sound with their tones. */
  tone?: number | undefined
  /** For names: nicknames and dialects brought to one form. */
  variant?: number | undefined
  /** Column that shows people what was compared, where the compared one cannot be read. */
  shown?: number | undefined
  /** Comparisons of one group depend on each other (parts of an address) and are learned jointly. */
  group: string
  /** Whether relatives (one household) share it: surname, address, telephone. */
  shared: boolean
  /** Given to a person once (identity number, member card): two different ones are hardly ever one person. */
  identifier: boolean
  /** Agreement on a rare value counts more. */
  frequency: boolean
}

export const LEVELS: Record<ComparisonKind, readonly string[]> = {
  name: [
    'missing',
    'same',
    'swapped',
    'same sound and tone',
    'same sound',
    'close',
    'variant',
    'initial',
    'near',
    'different',
  ],
  text: ['missing', 'same', 'swapped', 'close', 'near', 'different'],
  words: ['missing', 'same', 'most in common', 'half in common', 'some in common', 'different'],
  code: ['missing', 'same', 'one sign off', 'two signs off', 'different'],
  email: ['missing', 'same', 'close', 'same name part', 'different'],
  date: [
    'missing',
    'same',
    'one digit or day and month exchanged',
    'within a month',
    'two parts same',
    'within a year',
    'different',
  ],
  category: ['missing', 'same', 'different'],
  home: ['missing', 'same home', 'same building', 'same street', 'same area', 'same town', 'different'],
}

/** Columns of one slot: of an e-mail address, of a home. */
export const EMAIL_PARTS = 4
export const HOME_PARTS = 6

export const levelCount = (comparison: Comparison): number => LEVELS[comparison.kind].length
