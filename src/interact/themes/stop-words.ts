/** Words that say nothing of a theme: grammar, greetings, and what every letter to a company holds. */
const ENGLISH = `a about after again all already also always am an and any are as ask at back be because been before being but by can could
dear did do does doing done else even ever every for from get give given go got had has have having he hello her here hi him his how i if in
into is it its it's i'm i've just kind kindly know let like made make many may me mine more most much must my need now of off on once one only or other our
out over please pls really regard regards said same say see shall she should since so some soon still such sure take tell than thank thanks
that the their them then there these they thing this those though through to today too told tomorrow try under until up upon us use very want
was we well went were what when where which while who why will wish with within would yes yesterday yet you your yours sir madam customer
company again hope really anyone someone something`

const CHINESE = `的 我的 你的 您的 他的 她的 我家 要求 要 买 买的 收 了 着 过 是 我 我们 你 你们 您 您们 他 她 它 他们 在 有 就 都 和 也 还 还是 又 很 太 更 最 把 被 给 让 跟 与 及 以及 或 或者 但 但是 而 而且
因为 所以 如果 虽然 对 对于 关于 从 自 到 去 来 说 讲 要 想 会 能 可 可以 应该 需要 这 那 这个 那个 这些 那些 这样 那样 这里 那里 个 一 一个 一下 一些 一直 两 几
次 位 件 吗 呢 吧 啊 呀 哦 嗯 哎 请 请问 麻烦 谢谢 感谢 你好 您好 好 好的 什么 怎么 怎样 怎么样 为什么 哪 哪里 谁 多少 时候 现在 今天 昨天 明天 已经 刚 刚刚 才 再 再次 只
只有 其他 其它 别的 自己 大家 人 客户 顾客 公司 贵 贵公司 用 做 看 看到 知道 觉得 希望 帮 帮忙 帮我 一样 里 里面 上 下 中 后 前 之 之前 之后 以后 以前 时 年 月 日 天 号
地 得 等 等等 并 并且 则 其 某 每 各 那么 然后 于 为 为了 向 由 将 至 叫 使 比 像 关 非常 十分 真 真的 比较 有点 有些 起来 出来 下来 过来 上来 啦 嘛 哈`

export const STOP_WORDS: ReadonlySet<string> = new Set(`${ENGLISH} ${CHINESE}`.split(/\s+/))

/** They change the word that follows instead of counting themselves. */
export const NEGATIONS: ReadonlySet<string> = new Set(
  'not no never without cannot none 不 没 没有 未 未能 无 无法 不能 不会 别 勿'.split(' '),
)
