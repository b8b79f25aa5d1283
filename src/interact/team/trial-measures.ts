export const trialMeasures = ['contact', 'completion', 'conversion', 'fields'] as const
export type TrialMeasure = (typeof trialMeasures)[number]
