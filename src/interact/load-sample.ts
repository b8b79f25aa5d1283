/** Nothing of the sample belongs to this stage: its tables fill when the first turn delivers. */
export async function loadSample(): Promise<void> {}
