/** What a fit leaves in the registry. */
export interface ModelRecord {
  model: ModelId
  trainedOn: number
  parameters: Record<string, number>
  metrics: Record<string, number>
  definition: unknown
  problem: string | null
}

export type ModelId = 'purchases' | 'value' | 'churn' | 'next-product'
