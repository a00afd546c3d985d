/**
 * The role that makes of what people send what others get. Nothing is decoded in this process: every decoder is a program of
 * its own, under limits, and whatever a hostile file does to it ends with it.
 */
package social.dunlin.media.worker;
