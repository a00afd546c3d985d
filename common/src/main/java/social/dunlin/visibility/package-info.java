/**
 * The one place that decides who may see or do what to what: one function per question, in Java for one
 * object and as an SQL fragment for sets. REST, streaming, web, feeds and federation all ask here.
 */
package social.dunlin.visibility;
