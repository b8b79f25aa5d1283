import { sameCounts } from './same-counts.ts'

// The whole company: 500,000 sale lines, parts of composing and delivering by the dozen.
sameCounts(1)
