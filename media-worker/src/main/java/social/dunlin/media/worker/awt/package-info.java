/**
 * A program of its own, started by {@link social.dunlin.media.worker.engine.JavaEngine}: the only code that uses AWT and
 * ImageIO. Nothing refers to it, so native executables, which have neither, do not contain it.
 */
package social.dunlin.media.worker.awt;
