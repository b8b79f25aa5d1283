/** 回: a square inside a square, the outer one open where the answer comes back in. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path
        d="M22 5H9a4 4 0 0 0-4 4v14a4 4 0 0 0 4 4h14a4 4 0 0 0 4-4V10"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="3.4"
        strokeLinecap="round"
      />
      <rect x="11.5" y="11.5" width="9" height="9" rx="2.2" fill="var(--accent)" />
    </svg>
  )
}
