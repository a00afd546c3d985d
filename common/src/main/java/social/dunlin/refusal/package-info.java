/** Expected refusals: typed, with a safe text and an HTTP status. Everything else is a defect and is logged. */
package social.dunlin.refusal;
