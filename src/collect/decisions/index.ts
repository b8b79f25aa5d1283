/** What people decide about who is who, and what the runs hand them to decide. */
export { recordReview } from './record-review.ts'
export { type Replayed, replayDecisions } from './replay.ts'
