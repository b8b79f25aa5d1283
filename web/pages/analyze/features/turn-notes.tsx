import { useGet } from '../../../api/queries.ts'
import { InputNotes } from './input-notes.tsx'
import type { FeatureList } from './types.ts'

/** On the turn's page: what was odd about its rows. Before the first turn, and where all was well, nothing is said. */
export function TurnNotes() {
  const notes = useGet<Pick<FeatureList, 'notes'>>('/input-notes')
  return notes.data ? <InputNotes notes={notes.data.notes.filter(note => note.tone !== 'info')} /> : null
}
