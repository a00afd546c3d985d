/** What is done for people who have just come. */
package social.dunlin.federation.worker.arrival;
