import { defineErrors } from '../../platform/errors.ts'

export const webErrors = defineErrors({
  'collect.bad-origin': {
    status: 400,
    en: '"{origin}" is not the origin of a web site: write it as https://shop.example.com, without a path.',
    zh: '“{origin}”不是网站来源，请写成 https://shop.example.com 的形式，不含路径。',
  },
  'collect.no-site': { status: 404, en: 'There is no web site {site}.', zh: '没有编号为 {site} 的网站。' },
  'collect.site-refused': {
    status: 403,
    en: 'This page may not report to this address: the site key or the origin is not known.',
    zh: '此页面不得向此地址上报：站点密钥或来源未登记。',
  },
  'collect.hits-bad': {
    status: 400,
    en: 'This is nothing the web script sends.',
    zh: '此内容不是网页脚本发送的数据。',
  },
  'collect.hits-too-many': {
    status: 429,
    en: 'Too many requests from one address. Try again in {seconds} s.',
    zh: '同一地址的请求过多，请在 {seconds} 秒后重试。',
  },
})
