/** People of this server who come from another account or leave for one: aliases and moves. */
package social.dunlin.move;
