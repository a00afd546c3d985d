/** What many talk about now: {@link social.dunlin.trend.TrendCounter} computes it, {@link social.dunlin.trend.Trends} gives it to readers. */
package social.dunlin.trend;
