import { sameCounts } from './same-counts.ts'

sameCounts(8)
