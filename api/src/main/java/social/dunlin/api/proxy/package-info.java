/** Hands pictures, films and sounds of other servers on to readers here. */
package social.dunlin.api.proxy;
