/** One way a template can go: a condition that holds or does not, a loop with or without rounds. */
export interface Branch {
  /** The same in every version in which the condition stands unchanged: file, place among its like, and which way. */
  id: string
  file: string
  /** Of the file, from 1. */
  line: number
  /** As written: `{% if due %}`, `data.offer != none`. */
  condition: string
  /** The way: the condition itself, another `elsif`, or none of them. */
  way: string
  /** No way to see from outside which way it goes: it rests on names of its own function. */
  unseen?: true
}
