CREATE TEMPORARY TABLE IF NOT EXISTS `shop`.`clicks` (
  id INT COMMENT 'it''s an id', -- 'x' = 'y'
  at TIMESTAMP(3)
) WITH (
  'connector' = 'kinesis', 'stream' = 'clicks',
  'scan.stream.initpos'='LATEST'
);
SELECT * FROM clicks /*+ OPTIONS('scan.x'='1') */
