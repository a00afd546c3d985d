/**
 * What an operator can set, and what this machine keeps to itself. {@link social.dunlin.config.DunlinConfiguration} is
 * the one list of settings; {@link social.dunlin.config.SettingsLoader} reads them from {@code dunlin.toml} and the
 * environment before anything else starts and refuses what it does not know;
 * {@link social.dunlin.config.Secrets} makes and keeps what nobody should have to set.
 */
package social.dunlin.config;
