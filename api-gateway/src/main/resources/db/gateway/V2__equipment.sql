-- Paths of the subtrees that the commands of somebody may reach; null, or no row: the whole plant.
alter table person add column equipment text[];

create table program_right (
  client_id varchar(100) primary key,
  equipment text[] not null
);
