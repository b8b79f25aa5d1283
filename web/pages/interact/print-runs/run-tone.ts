/** How the state of a run looks. */
export const runTone = { printing: 'accent', printed: 'good', failed: 'bad' } as const
