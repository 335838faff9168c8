/* The mappings of the three real databases, as tests/mappings/NAME.conf has them word for word (source_real.c holds
 * them against each other). */
#ifndef SOURCE_MAPPINGS_H
#define SOURCE_MAPPINGS_H

struct real_mapping {
    const char *name, *database; /* below shared/data */
    const char *salespeople, *customers, *purchases, *contacts;
    const char *format; /* of the purchases */
};

static const struct real_mapping chinook_mapping = {
    .name = "chinook",
    .database = "chinook/Chinook_Sqlite.sqlite",
    .salespeople = "SELECT EmployeeId AS id, FirstName || ' ' || LastName AS name, Email AS email, ReportsTo AS "
                   "manager FROM Employee",
    .customers = "SELECT CustomerId AS id, FirstName || ' ' || LastName AS name, SupportRepId AS salesperson, CASE "
                 "WHEN Company IS NOT NULL THEN 'business' ELSE 'consumer' END AS category, Email AS email, Phone AS "
                 "phone, Country AS region, Company AS x_company FROM Customer",
    .purchases = "SELECT CustomerId AS customer, InvoiceDate AS at, Total AS amount, InvoiceId AS id FROM Invoice",
};

static const struct real_mapping cdnow_mapping = {
    .name = "cdnow",
    .database = "cdnow/cdnow.sqlite",
    .salespeople = "SELECT 1 AS id, 'Mia Manager' AS name, 'mia@cdnow.example' AS email, NULL AS manager UNION ALL "
                   "SELECT 2, 'Sam Seller', 'sam@cdnow.example', 1",
    .customers = "SELECT customer_id AS id, 'Customer ' || customer_id AS name, 2 AS salesperson, CASE count(DISTINCT "
                 "CASE WHEN date <= replace(:today, '-', '') THEN date END) WHEN 0 THEN 'none' WHEN 1 THEN 'once' WHEN "
                 "2 THEN 'repeat' WHEN 3 THEN 'repeat' WHEN 4 THEN 'repeat' WHEN 5 THEN 'repeat' ELSE 'loyal' END AS "
                 "category FROM cdnow GROUP BY customer_id",
    .purchases = "SELECT customer_id AS customer, date AS at, nullif(dollar_value, 0) AS amount FROM cdnow",
    .format = "%Y%m%d",
};

static const struct real_mapping sakila_mapping = {
    .name = "sakila",
    .database = "sakila/sakila.sqlite",
    .salespeople = "SELECT staff_id AS id, first_name || ' ' || last_name AS name, email, CASE staff_id WHEN 1 THEN "
                   "NULL ELSE 1 END AS manager, active FROM staff",
    .customers = "SELECT customer_id AS id, first_name || ' ' || last_name AS name, (SELECT manager_staff_id FROM "
                 "store WHERE store.store_id = customer.store_id) AS salesperson, 'store' || store_id AS category, "
                 "email, create_date AS since, active FROM customer",
    .purchases = "SELECT customer_id AS customer, rental_date AS at, rental_id AS id FROM rental",
    .contacts = "SELECT customer_id AS customer, rental_date AS at, 'visit' AS kind FROM rental UNION ALL SELECT "
                "customer_id, return_date, 'visit' FROM rental WHERE return_date IS NOT NULL",
};

#endif
