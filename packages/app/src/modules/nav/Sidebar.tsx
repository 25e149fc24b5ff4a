import { Sidebar, SidebarGroup, SidebarItem, SidebarScrollWrapper, SidebarSpace } from '@backstage/core-components';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import { makeStyles } from '@material-ui/core';
import MenuIcon from '@material-ui/icons/Menu';
import SearchIcon from '@material-ui/icons/Search';
import { SidebarLogo } from './SidebarLogo';

const useStyles = makeStyles(theme => ({
  divider: {
    width: '100%',
    height: 1,
    margin: theme.spacing(1.2, 0),
    border: 0,
    background: theme.palette.divider,
  },
}));

/** Backstage's own has one colour for all themes. */
const Divider = () => <hr className={useStyles().divider} />;

export const SidebarContent = NavContentBlueprint.make({
  params: {
    component: ({ navItems }) => {
      const nav = navItems.withComponent(item => (
        <SidebarItem icon={() => item.icon} to={item.href} text={item.title} />
      ));

      // These two have items of their own below.
      nav.take('page:search');
      nav.take('page:notifications');
      // Its own title is too long for the sidebar.
      const graph = navItems.take('page:catalog-graph');

      return (
        <Sidebar>
          <SidebarLogo />
          <SidebarGroup label="Search" icon={<SearchIcon />} to="/search">
            <SidebarSearchModal />
          </SidebarGroup>
          <Divider />
          <SidebarGroup label="Menu" icon={<MenuIcon />}>
            {nav.take('page:eventbridge')}
            {nav.take('page:catalog')}
            {nav.take('page:api-docs')}
            {nav.take('page:scaffolder')}
            <Divider />
            {graph && <SidebarItem icon={() => graph.icon} to={graph.href} text="Graph" />}
            <SidebarScrollWrapper>{nav.rest({ sortBy: 'title' })}</SidebarScrollWrapper>
          </SidebarGroup>
          <SidebarSpace />
          <Divider />
          <NotificationsSidebarItem />
          <Divider />
          <SidebarGroup label="Settings" icon={<UserSettingsSignInAvatar />} to="/settings">
            {nav.take('page:app-visualizer')}
            {nav.take('page:user-settings')}
          </SidebarGroup>
        </Sidebar>
      );
    },
  },
});
