/** What is not TCP: the labs of section H, in the order in which a learner meets them. */
import type { Section } from '../lab.js';
import { netHttp } from '../plays/net-http.js';
import { netLayers } from '../plays/net-layers.js';
import { netPorts } from '../plays/net-ports.js';
import { text as enNetHttp } from '../text/en/net-http.js';
import { text as enNetLayers } from '../text/en/net-layers.js';
import { text as enNetPorts } from '../text/en/net-ports.js';
import { text as zhNetHttp } from '../text/zh/net-http.js';
import { text as zhNetLayers } from '../text/zh/net-layers.js';
import { text as zhNetPorts } from '../text/zh/net-ports.js';

export const section: Section = [
  { lab: netLayers, text: { en: enNetLayers, zh: zhNetLayers } },
  { lab: netHttp, text: { en: enNetHttp, zh: zhNetHttp } },
  { lab: netPorts, text: { en: enNetPorts, zh: zhNetPorts } },
];
