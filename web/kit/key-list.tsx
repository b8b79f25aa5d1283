/** Keys and what they do, for whoever works without a mouse; not shown where there is none to press. */
export function KeyList({ keys }: { keys: readonly (readonly [key: string, what: string])[] }) {
  return (
    <dl className="key-list no-print">
      {keys.map(([key, what]) => (
        <div key={key}>
          <dt>
            {key.split(' ').map(one => (
              <kbd key={one}>{one}</kbd>
            ))}
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  )
}
