/** The controls pages may use; Ant Design is named here and nowhere in pages. */
export {
  Button,
  Checkbox,
  Drawer,
  Dropdown,
  Input,
  InputNumber,
  Modal,
  Popover,
  Progress,
  Radio,
  Segmented,
  Select,
  Skeleton,
  Slider,
  Tabs,
  Tooltip,
} from 'antd'
