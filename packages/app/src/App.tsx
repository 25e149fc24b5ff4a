import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { eventbridgeApiDocsModule } from '@busline/plugin-eventbridge';
import { homeModule } from './modules/home';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { themeModule } from './modules/theme';

export default createApp({
  features: [catalogPlugin, navModule, themeModule, homeModule, signInModule, eventbridgeApiDocsModule],
});
