/** Who makes pictures smaller: {@link social.dunlin.media.worker.engine.PictureEngine} and those that can (docs/adr/0022). */
package social.dunlin.media.worker.engine;
