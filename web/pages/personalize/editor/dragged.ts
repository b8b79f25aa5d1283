/** What a dragged block is called while it is over the page. */
export const DRAGGED = 'application/x-huiyin-block'
